# An ack beyond all positions, and credit without end, move nothing.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be tells helmo.be ack-ahead
run 1s
expect frames_refused 1 at helmo.be
helmo.be nominates S1..S30 to uhasselt.be
settle within 30s
expect S1..S30 pending at both
expect order at uhasselt.be
expect same
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
     1.035  helmo.be      > S1..S30: 30 kept, 0 wait for the guard
     1.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (30 times)
     1.045  helmo.be      . receipt from uhasselt.be: 30 delivered, 0 known
