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
    11.207  helmo.be      . uhasselt.be is silent about 17 records: sent again
    11.212  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (7 times)
    11.217  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
    13.217  helmo.be      . uhasselt.be is silent about 10 records: sent again
    13.222  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.227  helmo.be      . uhasselt.be is silent about 10 records: sent again
    19.227  helmo.be      . uhasselt.be is silent about 10 records: sent again
    19.232  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    19.232  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    19.237  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    22.247  helmo.be      . uhasselt.be is silent about 7 records: sent again
    22.252  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    22.252  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    22.257  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    22.257  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    24.257  helmo.be      . uhasselt.be is silent about 4 records: sent again
    24.262  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    24.262  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    24.267  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    26.267  helmo.be      . uhasselt.be is silent about 2 records: sent again
    26.272  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    26.272  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    26.277  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    26.277  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
    26.282  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    26.287  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    28.287  uhasselt.be   . helmo.be is silent about 19 records: sent again
    28.292  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    28.297  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    30.297  uhasselt.be   . helmo.be is silent about 18 records: sent again
    34.297  uhasselt.be   . helmo.be is silent about 18 records: sent again
    42.297  uhasselt.be   . helmo.be is silent about 18 records: sent again
    42.302  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    42.307  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    45.317  uhasselt.be   . helmo.be is silent about 17 records: sent again
    45.322  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (4 times)
    45.327  uhasselt.be   . receipt from helmo.be: 4 delivered, 0 known
    47.327  uhasselt.be   . helmo.be is silent about 13 records: sent again
    47.332  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    49.337  uhasselt.be   . helmo.be is silent about 13 records: sent again
    49.342  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    49.342  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    49.347  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    51.347  uhasselt.be   . helmo.be is silent about 12 records: sent again
    51.352  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    51.357  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    53.357  uhasselt.be   . helmo.be is silent about 11 records: sent again
    53.362  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    53.367  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    55.367  uhasselt.be   . helmo.be is silent about 8 records: sent again
    55.372  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    55.372  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (8 times)
    55.377  uhasselt.be   . receipt from helmo.be: 8 delivered, 0 known
    55.377  uhasselt.be   . receipt from helmo.be: 0 delivered, 3 known
