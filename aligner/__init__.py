"""Offline parallel text: English → Russian → Kyrgyz, and any pair with an Argos model."""

__version__ = "0.1.0"
