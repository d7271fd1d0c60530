"""Base page, components, tokens, template tags, the /kit page. No models, no field words."""
