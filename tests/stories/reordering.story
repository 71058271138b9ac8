# Frames overtake each other; lanes keep their order.
nodes helmo.be uhasselt.be
network jitter 300ms reorder 50%
settle within 5m
helmo.be nominates S1..S20 to uhasselt.be
helmo.be amends S1..S20 email
helmo.be amends S1..S20 field
settle within 5m
expect S7 revision 2 at uhasselt.be
expect order at uhasselt.be
expect same
--
     0.119  uhasselt.be   . session to node.helmo.be opened
     0.135  helmo.be      . session from node.uhasselt.be is live
     0.301  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.343  helmo.be      . session to node.uhasselt.be opened
     0.434  uhasselt.be   . session from node.helmo.be is live
     0.606  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.926  helmo.be      > S1..S20: 20 kept, 0 wait for the guard (3 times)
     1.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.093  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.223  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     1.431  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     3.431  helmo.be      . uhasselt.be is silent about 57 records: sent again
     3.621  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.658  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     3.691  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     3.725  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     3.818  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     3.889  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     5.889  helmo.be      . uhasselt.be is silent about 52 records: sent again
     6.098  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.172  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.388  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     6.462  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     8.462  helmo.be      . uhasselt.be is silent about 50 records: sent again
     8.744  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     8.765  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.879  helmo.be      . uhasselt.be is silent about 49 records: sent again
    11.096  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.317  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.317  helmo.be      . uhasselt.be is silent about 48 records: sent again
    13.348  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.382  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.486  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.670  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    15.670  helmo.be      . uhasselt.be is silent about 46 records: sent again
    15.886  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.921  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    16.026  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    16.028  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    18.028  helmo.be      . uhasselt.be is silent about 44 records: sent again
    18.166  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.211  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    18.231  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.260  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.498  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    20.498  helmo.be      . uhasselt.be is silent about 41 records: sent again
    20.513  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.535  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.699  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.721  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.770  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.854  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    22.881  helmo.be      . uhasselt.be is silent about 38 records: sent again
    22.933  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    23.111  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    23.154  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    23.225  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    25.225  helmo.be      . uhasselt.be is silent about 34 records: sent again
    25.311  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    25.351  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    25.370  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    25.535  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    25.593  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    25.669  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    27.669  helmo.be      . uhasselt.be is silent about 31 records: sent again
    27.827  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    27.931  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (4 times)
    27.948  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.181  helmo.be      . receipt from uhasselt.be: 4 delivered, 0 known
    30.181  helmo.be      . uhasselt.be is silent about 26 records: sent again
    30.400  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    30.411  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    30.460  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    30.635  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    30.646  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    30.741  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    32.747  helmo.be      . uhasselt.be is silent about 19 records: sent again
    32.929  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    33.042  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    33.108  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    33.146  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    35.172  helmo.be      . uhasselt.be is silent about 15 records: sent again
    35.468  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    35.748  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    37.763  helmo.be      . uhasselt.be is silent about 13 records: sent again
    38.002  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    38.030  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    38.058  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    38.257  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    40.320  helmo.be      . uhasselt.be is silent about 9 records: sent again
    40.407  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    40.416  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    40.577  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    40.671  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    42.671  helmo.be      . uhasselt.be is silent about 7 records: sent again
    42.707  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    42.758  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    42.830  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    42.842  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    42.973  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    43.054  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    45.213  helmo.be      . uhasselt.be is silent about 4 records: sent again
    45.491  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    45.678  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    47.678  helmo.be      . uhasselt.be is silent about 3 records: sent again
    47.688  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    47.842  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    47.877  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    47.965  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    48.003  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    48.060  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
