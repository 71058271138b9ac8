# The authority ended a key, the partner read of it at once, and the node that signs with it did not:
# what it seals from then on is not taken. When it reads of that, too, the same record goes again
# under a seal that counts, and nobody has to act.
nodes helmo.be uhasselt.be
settle
helmo.be gets a new signing key
the old keys of helmo.be end
catalogue second is issued
uhasselt.be reads catalogue second
settle
run 1m
helmo.be nominates A to uhasselt.be
run 10s
expect stuck 1 at helmo.be
expect records 0 at uhasselt.be
helmo.be reads catalogue second
run 1m
expect outbox 0 at helmo.be
expect stuck 0 at helmo.be
expect seals_renewed 1 at helmo.be
expect A pending at both
expect same
helmo.be stops
helmo.be starts
helmo.be amends A email
settle
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
    60.065  helmo.be      > A: kept
    60.070  uhasselt.be   ! helmo.be sent records that do not hold: past its time
    60.075  helmo.be      ! uhasselt.be could not take records of ours: past its time
    70.065  helmo.be      > catalogue second: read
    70.075  helmo.be      . session to node.uhasselt.be opened
    70.080  uhasselt.be   . session from node.helmo.be is live
    70.090  uhasselt.be   . session to node.helmo.be opened
    70.095  helmo.be      . session from node.uhasselt.be is live
    70.095  helmo.be        uhasselt.be: write guard lifted, both hold the same
    70.095  helmo.be        uhasselt.be: 1 records sealed anew, for the key of their seal does not count any more
    70.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    70.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   130.065  helmo.be      > A: kept, waits for the guard
   130.075  helmo.be      . session to node.uhasselt.be opened
   130.080  uhasselt.be   . session from node.helmo.be is live
   130.085  helmo.be        uhasselt.be: write guard lifted, both hold the same
   130.090  uhasselt.be   . session to node.helmo.be opened
   130.090  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   130.095  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   130.095  helmo.be      . session from node.uhasselt.be is live
