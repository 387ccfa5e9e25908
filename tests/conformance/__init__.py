"""One list of constructs for all databases, each taken from a real server and back to one."""
