"""The face of the house: base page, components, tokens, template tags, the /kit page. No models, no words of the field but the statuses."""
