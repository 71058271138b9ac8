# A good seal proves the records that it was made for, and no others.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be crafts A misplaced
helmo.be nominates B to uhasselt.be
settle within 1m
expect A pending at uhasselt.be
expect A records 1 at uhasselt.be
expect B pending at both
expect stuck 1 at helmo.be
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > B: kept, waits for the guard
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.065  helmo.be      . session from node.uhasselt.be is live
     0.070  uhasselt.be   ! helmo.be sent records that do not hold: a signature or digest does not hold
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      ! uhasselt.be could not take records of ours: a signature or digest does not hold
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
