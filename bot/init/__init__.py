"""`nosurprise init`: asks what the bot needs, checks each answer, writes .env and policy.toml."""
