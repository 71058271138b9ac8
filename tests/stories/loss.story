# A third of all frames is lost, in both directions.
seed 3
nodes helmo.be uhasselt.be
network loss 30%
settle within 5m
helmo.be nominates S1..S20 to uhasselt.be
settle within 5m
uhasselt.be accepts S1..S20
settle within 5m
expect S1..S20 accepted at both
expect order at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     4.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     4.025  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     4.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
     4.035  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
     6.035  helmo.be      . uhasselt.be is silent about 14 records: sent again
    10.035  helmo.be      . uhasselt.be is silent about 14 records: sent again
    18.035  helmo.be      . uhasselt.be is silent about 14 records: sent again
    18.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (5 times)
    18.045  helmo.be      . receipt from uhasselt.be: 5 delivered, 0 known
    20.045  helmo.be      . uhasselt.be is silent about 9 records: sent again
    20.050  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (5 times)
    20.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.055  helmo.be      . receipt from uhasselt.be: 0 delivered, 5 known
    23.065  helmo.be      . uhasselt.be is silent about 8 records: sent again
    23.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (8 times)
    23.075  helmo.be      . receipt from uhasselt.be: 8 delivered, 0 known
    23.075  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
    23.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    23.085  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    25.075  helmo.be      . uhasselt.be is silent about 0 records: sent again
    25.080  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (7 times)
    25.085  helmo.be      . receipt from uhasselt.be: 0 delivered, 8 known
    25.085  uhasselt.be   . helmo.be is silent about 17 records: sent again
    25.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
    27.095  uhasselt.be   . helmo.be is silent about 17 records: sent again
    27.100  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    27.100  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (6 times)
    29.085  helmo.be      . uhasselt.be is silent about 0 records: sent again
    29.090  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    29.105  uhasselt.be   . helmo.be is silent about 17 records: sent again
    29.110  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (4 times)
    29.110  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (4 times)
    29.115  uhasselt.be   . receipt from helmo.be: 6 delivered, 0 known
    31.115  uhasselt.be   . helmo.be is silent about 11 records: sent again
    31.120  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    31.120  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (5 times)
    31.125  uhasselt.be   . receipt from helmo.be: 5 delivered, 0 known
    33.125  uhasselt.be   . helmo.be is silent about 6 records: sent again
    33.130  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (5 times)
    37.125  uhasselt.be   . helmo.be is silent about 6 records: sent again
    37.130  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (5 times)
    37.135  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    39.135  uhasselt.be   . helmo.be is silent about 4 records: sent again
    39.140  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (3 times)
    39.145  uhasselt.be   . receipt from helmo.be: 4 delivered, 0 known
