"""The files of the demonstration: letters, scans, versions of drafts, real signatures; made by the worker."""
