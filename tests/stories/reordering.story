# Frames overtake each other; lanes keep their order.
nodes helmo.be uhasselt.be
network jitter 300ms reorder 50%
settle
helmo.be nominates S1..S20 to uhasselt.be
helmo.be amends S1..S20 email
helmo.be amends S1..S20 field
settle
expect S7 revision 2 at uhasselt.be
expect order at uhasselt.be
expect same
--
     0.119  uhasselt.be   . session to node.helmo.be opened
     0.135  helmo.be      . session from node.uhasselt.be is live
     0.301  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.343  helmo.be      . session to node.uhasselt.be opened
     0.434  uhasselt.be   . session from node.helmo.be is live
     0.645  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.746  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     0.746  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     0.746  helmo.be      > S1..S20: 20 kept, 0 wait for the guard
     0.780  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.945  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.007  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.039  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.196  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.223  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     3.223  helmo.be      . uhasselt.be is silent about 57 records: sent again
     3.292  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.513  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.513  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.513  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.523  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.523  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.523  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.569  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     3.705  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     3.705  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     5.705  helmo.be      . uhasselt.be is silent about 50 records: sent again
     5.914  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     5.988  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     6.143  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     6.262  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     8.262  helmo.be      . uhasselt.be is silent about 48 records: sent again
     8.350  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     8.451  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     8.477  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     8.477  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     8.657  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    10.657  helmo.be      . uhasselt.be is silent about 45 records: sent again
    10.956  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.244  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.244  helmo.be      . uhasselt.be is silent about 44 records: sent again
    13.356  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.368  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.502  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.502  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.502  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.502  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.543  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.566  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.652  helmo.be      . receipt from uhasselt.be: 4 delivered, 0 known
    15.652  helmo.be      . uhasselt.be is silent about 38 records: sent again
    15.957  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.957  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.957  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.957  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    15.957  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    16.206  helmo.be      . receipt from uhasselt.be: 5 delivered, 0 known
    18.206  helmo.be      . uhasselt.be is silent about 33 records: sent again
    18.248  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.419  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.419  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.479  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.479  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    18.498  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    18.502  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    18.732  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    20.732  helmo.be      . uhasselt.be is silent about 28 records: sent again
    20.995  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.995  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    21.008  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    21.031  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    21.252  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    23.252  helmo.be      . uhasselt.be is silent about 25 records: sent again
    23.452  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    23.675  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    25.675  helmo.be      . uhasselt.be is silent about 24 records: sent again
    25.937  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    25.954  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    25.988  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    26.159  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.207  helmo.be      . uhasselt.be is silent about 22 records: sent again
    28.293  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    28.418  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    28.450  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    28.493  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.586  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.586  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    30.586  helmo.be      . uhasselt.be is silent about 19 records: sent again
    30.672  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    30.712  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    30.731  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    30.805  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    30.876  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    30.886  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    32.894  helmo.be      . uhasselt.be is silent about 16 records: sent again
    33.051  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.136  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.136  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.136  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.193  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    33.202  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    33.260  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    33.478  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    35.478  helmo.be      . uhasselt.be is silent about 11 records: sent again
    35.741  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    35.741  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    35.741  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    35.918  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    37.929  helmo.be      . uhasselt.be is silent about 8 records: sent again
    38.118  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    38.246  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    40.246  helmo.be      . uhasselt.be is silent about 7 records: sent again
    40.495  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    40.495  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    40.730  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    42.730  helmo.be      . uhasselt.be is silent about 5 records: sent again
    42.900  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    43.003  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    45.025  helmo.be      . uhasselt.be is silent about 4 records: sent again
    45.222  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    45.222  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    45.292  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    45.292  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    45.409  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    45.596  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
