"""Ways to the axis and to other hubs behind one interface of six verbs."""
