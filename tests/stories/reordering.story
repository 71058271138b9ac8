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
     0.124  helmo.be      . session to node.uhasselt.be opened
     0.266  uhasselt.be   . session from node.helmo.be is live
     0.545  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.650  uhasselt.be   . session to node.helmo.be opened
     0.714  helmo.be      . session from node.uhasselt.be is live
     1.216  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.384  helmo.be      > S1..S20: 20 kept, 0 wait for the guard (3 times)
     1.570  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.621  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.647  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     1.677  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
     1.700  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.778  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.921  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     1.950  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     3.950  helmo.be      . uhasselt.be is silent about 53 records: sent again
     4.121  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.374  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     6.374  helmo.be      . uhasselt.be is silent about 52 records: sent again
     6.463  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.497  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     6.541  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.564  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     6.577  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.846  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     8.846  helmo.be      . uhasselt.be is silent about 49 records: sent again
     9.113  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     9.282  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    11.282  helmo.be      . uhasselt.be is silent about 47 records: sent again
    11.388  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.534  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    11.589  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    11.678  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.678  helmo.be      . uhasselt.be is silent about 44 records: sent again
    13.974  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    14.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    16.168  helmo.be      . uhasselt.be is silent about 43 records: sent again
    16.189  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    16.194  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    16.404  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    16.444  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (9 times)
    16.466  helmo.be      . receipt from uhasselt.be: 9 delivered, 0 known
    18.694  helmo.be      . uhasselt.be is silent about 32 records: sent again
    18.735  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.787  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    18.932  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    19.120  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    21.120  helmo.be      . uhasselt.be is silent about 30 records: sent again
    21.300  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    21.527  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    23.527  helmo.be      . uhasselt.be is silent about 29 records: sent again
    23.765  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    24.024  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    26.024  helmo.be      . uhasselt.be is silent about 28 records: sent again
    26.203  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    26.304  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    26.396  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    26.478  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.502  helmo.be      . uhasselt.be is silent about 24 records: sent again
    28.803  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    28.966  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    30.966  helmo.be      . uhasselt.be is silent about 21 records: sent again
    31.166  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    31.218  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
    31.269  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    31.430  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    31.462  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
    31.555  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    33.555  helmo.be      . uhasselt.be is silent about 12 records: sent again
    33.720  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.838  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    35.838  helmo.be      . uhasselt.be is silent about 11 records: sent again
    35.985  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.063  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.065  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.287  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    36.338  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    38.338  helmo.be      . uhasselt.be is silent about 8 records: sent again
    38.634  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    38.870  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    40.870  helmo.be      . uhasselt.be is silent about 7 records: sent again
    41.139  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    41.236  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    43.304  helmo.be      . uhasselt.be is silent about 6 records: sent again
    43.582  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (4 times)
    43.600  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    43.657  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    43.709  helmo.be      . receipt from uhasselt.be: 4 delivered, 0 known
    45.850  helmo.be      . uhasselt.be is silent about 1 records: sent again
    45.930  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    46.159  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
