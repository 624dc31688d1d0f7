"""Files: immutable bytes named by their SHA-256, stored once, owned by attachments.

Doors: `actions` (stage, accept, attach, store_bytes, detach), `queries` (attachment, open_attachment, upload, copy_of),
`previews` (page_image), `checks` (what every upload must pass). Nothing is imported here, so that
`vanthu.kernel.models` can load the models first.
"""
