# One clock runs fast and the other slow: what is said first is still taken first.
nodes helmo.be uhasselt.be
settle
helmo.be clock gains 1h a day
uhasselt.be clock loses 1h a day
run 10d
helmo.be nominates S1..S3 to uhasselt.be
settle
uhasselt.be accepts S1..S3
settle
helmo.be withdraws S2
settle
expect S1 accepted at both
expect S2 withdrawn at both
expect order at helmo.be
expect order at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
864000.025  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
864000.035  helmo.be      . session to node.uhasselt.be opened
864000.040  uhasselt.be   . session from node.helmo.be is live
864000.050  uhasselt.be   . session to node.helmo.be opened
864000.055  helmo.be      . session from node.uhasselt.be is live
864000.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
864000.065  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
864000.065  uhasselt.be   > S1..S3: 3 kept, 0 wait for the guard
864000.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
864000.075  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
864000.075  helmo.be      > S2: kept
864000.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
864000.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
