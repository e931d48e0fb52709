"""What time sets off: deadlines, reminders, deliveries."""
