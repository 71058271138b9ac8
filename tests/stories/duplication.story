# Every second frame arrives twice; each record has its effect once.
nodes helmo.be uhasselt.be
network duplicate 50%
settle
helmo.be nominates S1..S20 to uhasselt.be
settle
uhasselt.be accepts S1..S20
settle
expect S1..S20 accepted at both
expect records 40 at uhasselt.be
expect records_taken 20 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (20 times)
     0.035  helmo.be      . receipt from uhasselt.be: 20 delivered, 0 known
     0.035  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (20 times)
     0.045  uhasselt.be   . receipt from helmo.be: 20 delivered, 0 known
