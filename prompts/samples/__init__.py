"""Every screen with sample data: `prompts preview` shows it, and tests hold it to the limits."""
