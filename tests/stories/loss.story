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
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.162  helmo.be      . session to node.uhasselt.be opened
     1.167  uhasselt.be   . session from node.helmo.be is live
     1.172  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.177  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     1.182  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     1.187  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     3.187  helmo.be      . uhasselt.be is silent about 18 records: sent again
     3.192  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     5.197  helmo.be      . uhasselt.be is silent about 18 records: sent again
     5.202  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     5.207  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     7.207  helmo.be      . uhasselt.be is silent about 17 records: sent again
     9.207  helmo.be      . uhasselt.be is silent about 17 records: sent again
     9.212  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (12 times)
     9.217  helmo.be      . receipt from uhasselt.be: 12 delivered, 0 known
    11.217  helmo.be      . uhasselt.be is silent about 5 records: sent again
    11.222  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.227  helmo.be      . uhasselt.be is silent about 5 records: sent again
    13.232  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    13.237  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    15.237  helmo.be      . uhasselt.be is silent about 4 records: sent again
    15.242  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.247  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    17.247  helmo.be      . uhasselt.be is silent about 3 records: sent again
    17.252  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    19.257  helmo.be      . uhasselt.be is silent about 3 records: sent again
    19.262  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    19.267  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    19.267  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
    21.267  uhasselt.be   . helmo.be is silent about 20 records: sent again
    21.272  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    23.277  uhasselt.be   . helmo.be is silent about 20 records: sent again
    23.282  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
    23.287  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    25.287  uhasselt.be   . helmo.be is silent about 18 records: sent again
    25.292  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (3 times)
    25.292  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (6 times)
    25.297  uhasselt.be   . receipt from helmo.be: 6 delivered, 0 known
    25.297  uhasselt.be   . receipt from helmo.be: 0 delivered, 2 known
    27.297  uhasselt.be   . helmo.be is silent about 12 records: sent again
    27.302  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    27.302  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    27.307  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    30.317  uhasselt.be   . helmo.be is silent about 10 records: sent again
    30.322  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    32.337  uhasselt.be   . helmo.be is silent about 10 records: sent again
    32.342  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    32.342  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    32.347  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    34.347  uhasselt.be   . helmo.be is silent about 8 records: sent again
    34.352  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    36.357  uhasselt.be   . helmo.be is silent about 8 records: sent again
    36.362  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    36.362  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    36.367  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    38.367  uhasselt.be   . helmo.be is silent about 5 records: sent again
    38.372  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    38.377  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    40.377  uhasselt.be   . helmo.be is silent about 4 records: sent again
    40.382  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    40.382  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    40.387  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    43.397  uhasselt.be   . helmo.be is silent about 1 records: sent again
    43.402  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    43.407  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
