"""Guides, figures and screens; here only so that the screens can be taken as a program."""
