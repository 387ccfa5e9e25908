def finish(world): pass
