"""The frame around every page: who is signed in, refusals, navigation, template tags."""
