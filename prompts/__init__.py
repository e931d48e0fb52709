"""What people are shown, on any platform: neutral cards and forms, and their words."""
