"""The design's side of normalisation: what is stated, suspected, assessed, and how it is fixed."""
