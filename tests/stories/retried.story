# A record that the partner could not read is tried again by hand: as long as nothing is mended it
# is stuck again, and nothing else is held up by it.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1 to uhasselt.be
helmo.be crafts X malformed to uhasselt.be
settle
expect stuck 1 at helmo.be
helmo.be retries uhasselt.be
expect stuck 0 at helmo.be
helmo.be nominates S2 to uhasselt.be
settle
expect stuck 1 at helmo.be
expect outbox 1 at helmo.be
expect S1..S2 pending at both
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     0.060  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     0.065  helmo.be      ! uhasselt.be could not take records of ours: not a well-formed message
     0.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.065  helmo.be      > uhasselt.be: 1 tried again
     0.065  helmo.be      > S2: kept
     0.070  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      ! uhasselt.be could not take records of ours: not a well-formed message
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
