# What was sealed and not yet receipted when its key was revoked is not believed: both sides are told
# so, and everything else goes on. Its author does not know of it yet; once it does, the record goes
# again under a key that counts.
nodes helmo.be uhasselt.be
settle
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
uhasselt.be reads catalogue second
settle
helmo.be nominates A to uhasselt.be
uhasselt.be nominates B to helmo.be
run 10s
expect stuck 1 at helmo.be
expect records 1 at uhasselt.be
helmo.be reads catalogue second
run 1m
expect stuck 0 at helmo.be
expect outbox 0 at helmo.be
expect A pending at both
expect B pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  uhasselt.be   > catalogue second: read
     0.035  uhasselt.be   . session to node.helmo.be opened
     0.040  helmo.be      . session from node.uhasselt.be is live
     0.040  helmo.be      ! node.uhasselt.be knows catalogue 2, this node 1: fetch the newest
     0.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.050  helmo.be      . session to node.uhasselt.be opened
     0.055  uhasselt.be   . session from node.helmo.be is live
     0.060  helmo.be      ! node.uhasselt.be knows catalogue 2, this node 1: fetch the newest
     0.065  helmo.be      > A: kept
     0.065  uhasselt.be   > B: kept
     0.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.070  uhasselt.be   ! helmo.be sent records that do not hold: signed with a revoked key
     0.075  uhasselt.be   ! node.helmo.be says what no node may say: signed with a revoked key: tell its administrator
     0.075  helmo.be      ! uhasselt.be could not take records of ours: signed with a revoked key
     2.075  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.080  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
     6.075  uhasselt.be   . helmo.be is silent about 1 records: sent again
     6.080  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    10.065  helmo.be      > catalogue second: read
    10.075  helmo.be      . session to node.uhasselt.be opened
    10.080  uhasselt.be   . session from node.helmo.be is live
    10.090  uhasselt.be   . session to node.helmo.be opened
    10.095  helmo.be        uhasselt.be: write guard lifted, both hold the same
    10.095  helmo.be      . session from node.uhasselt.be is live
    10.095  helmo.be        uhasselt.be: 1 records sealed anew, for the key of their seal does not count any more
    10.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.105  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    10.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.110  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
