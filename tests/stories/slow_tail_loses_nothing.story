# One frame in twenty takes five seconds more and holds up those behind it: all of it is only late.
nodes helmo.be uhasselt.be
network delay 20ms jitter 10ms tail 5% 5s
helmo.be nominates S1..S12 to uhasselt.be
settle within 3m
uhasselt.be accepts S1..S12
settle within 3m
expect S1..S12 accepted at both
expect order at helmo.be
expect order at uhasselt.be
expect same
--
     0.000  helmo.be      > S1..S12: 0 kept, 12 wait for the guard
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.054  helmo.be      . session to node.uhasselt.be opened
     0.075  helmo.be      . session from node.uhasselt.be is live
     0.081  uhasselt.be   . session from node.helmo.be is live
     0.103  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.110  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.156  uhasselt.be   . records from helmo.be: 12 new, 0 repeated
     0.178  helmo.be      . receipt from uhasselt.be: 12 delivered, 0 known
     0.178  uhasselt.be   > S1..S12: 12 kept, 0 wait for the guard
     0.203  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
     0.204  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.206  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (4 times)
     0.207  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.208  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.228  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
     0.230  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.230  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.236  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
     0.236  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     2.236  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.266  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (3 times)
     4.236  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
     5.227  uhasselt.be   . session to node.helmo.be opened
     5.253  helmo.be      . session from node.uhasselt.be is live
     5.303  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
     5.327  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
