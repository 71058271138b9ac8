# A third of all frames is lost, in both directions.
seed 3
nodes helmo.be uhasselt.be
network loss 30%
settle
helmo.be nominates S1..S20 to uhasselt.be
settle
uhasselt.be accepts S1..S20
settle
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
    11.227  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.227  helmo.be      . uhasselt.be is silent about 4 records: sent again
    13.232  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    15.227  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    15.396  helmo.be      . session to node.uhasselt.be opened
    15.401  uhasselt.be   . session from node.helmo.be is live
    15.421  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    17.426  helmo.be      . uhasselt.be is silent about 4 records: sent again
    17.431  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    17.431  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    17.436  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    18.401  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    18.451  uhasselt.be   . session to node.helmo.be opened
    18.456  helmo.be      . session from node.uhasselt.be is live
    19.436  helmo.be      . uhasselt.be is silent about 2 records: sent again
    19.441  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    19.446  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    19.446  uhasselt.be   > S1..S20: 20 kept, 0 wait for the guard
    24.461  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    34.461  uhasselt.be   . session to node.helmo.be opened
    34.466  helmo.be      . session from node.uhasselt.be is live
    38.491  uhasselt.be   . helmo.be is silent about 20 records: sent again
    42.491  uhasselt.be   . helmo.be is silent about 20 records: sent again
    42.496  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    42.501  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    44.501  uhasselt.be   . helmo.be is silent about 19 records: sent again
    46.501  uhasselt.be   . helmo.be is silent about 19 records: sent again
    46.506  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    48.511  uhasselt.be   . helmo.be is silent about 19 records: sent again
    48.516  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    48.521  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    50.521  uhasselt.be   . helmo.be is silent about 18 records: sent again
    50.526  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    50.531  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    52.476  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    52.531  uhasselt.be   . helmo.be is silent about 17 records: sent again
    52.536  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (14 times)
    52.546  helmo.be      . session to node.uhasselt.be opened
    52.551  uhasselt.be   . session from node.helmo.be is live
    54.541  uhasselt.be   . helmo.be is silent about 17 records: sent again
    54.546  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (11 times)
    54.551  uhasselt.be   . receipt from helmo.be: 14 delivered, 0 known
    56.551  uhasselt.be   . helmo.be is silent about 3 records: sent again
    58.551  uhasselt.be   . helmo.be is silent about 3 records: sent again
    58.556  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    58.561  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
