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
    20.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    20.055  helmo.be      . receipt from uhasselt.be: 0 delivered, 5 known
    24.055  helmo.be      . uhasselt.be is silent about 9 records: sent again
    24.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    24.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
    24.065  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
    24.065  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    24.065  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
    24.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    24.075  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    26.065  helmo.be      . uhasselt.be is silent about 0 records: sent again
    26.070  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
    26.075  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
    26.075  uhasselt.be   . helmo.be is silent about 17 records: sent again
    26.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
    28.085  uhasselt.be   . helmo.be is silent about 17 records: sent again
    28.090  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    28.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (6 times)
    28.095  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    30.075  helmo.be      . uhasselt.be is silent about 0 records: sent again
    30.080  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    30.095  uhasselt.be   . helmo.be is silent about 15 records: sent again
    30.100  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    30.100  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (6 times)
    30.105  uhasselt.be   . receipt from helmo.be: 6 delivered, 0 known
    32.105  uhasselt.be   . helmo.be is silent about 9 records: sent again
    32.110  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    32.115  uhasselt.be   . receipt from helmo.be: 6 delivered, 0 known
    34.115  uhasselt.be   . helmo.be is silent about 3 records: sent again
    34.120  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    36.125  uhasselt.be   . helmo.be is silent about 3 records: sent again
    36.130  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    40.125  uhasselt.be   . helmo.be is silent about 3 records: sent again
    40.130  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    40.135  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
