# What was sealed and not yet receipted when its key was revoked is not believed: both sides are told
# so, the record stands in the outbox, and everything else goes on.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be nominates A to uhasselt.be
run 1h
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
all read catalogue second
heal
helmo.be nominates B to uhasselt.be
settle within 20m
expect stuck 1 at helmo.be
expect records 1 at uhasselt.be
expect B pending at both
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  3600.025  helmo.be      > catalogue second: read
  3600.025  uhasselt.be   > catalogue second: read
  3600.025  helmo.be      > B: kept, waits for the guard
  3600.035  uhasselt.be   . session to node.helmo.be opened
  3600.035  helmo.be      . session to node.uhasselt.be opened
  3600.040  uhasselt.be   . session from node.helmo.be is live
  3600.040  helmo.be      . session from node.uhasselt.be is live
  3600.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3600.060  uhasselt.be   ! helmo.be sent records that do not hold: signed with a revoked key
  3600.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3600.065  helmo.be      ! uhasselt.be could not take records of ours: signed with a revoked key
  3600.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
