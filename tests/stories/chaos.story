# Everything at once: three nodes, a bad network, deaths, restores; then it heals and converges.
seed 11
nodes helmo.be uhasselt.be upjs.sk
network delay 20ms jitter 200ms loss 15% duplicate 10% reorder 30%
run 5s
helmo.be nominates S1..S10 to uhasselt.be
upjs.sk nominates T1..T10 to helmo.be
uhasselt.be nominates U1..U10 to upjs.sk
uhasselt.be dies after committing deliver
helmo.be dies before committing receipt
run 5s
uhasselt.be backs up
upjs.sk dies after committing receipt
run 5s
all start
helmo.be amends S1..S10 field
upjs.sk amends T1..T10 email
uhasselt.be dies before committing receipt
upjs.sk clock +2h
helmo.be dies after committing ack
run 10s
all start
helmo.be backs up
uhasselt.be withdraws U1..U5
upjs.sk clock -3h
upjs.sk dies after committing deliver
run 5s
uhasselt.be restores
uhasselt.be dies after committing summary
cut helmo.be upjs.sk
run 1s
uhasselt.be starts
run 9s
mend helmo.be upjs.sk
all start
helmo.be restores
helmo.be dies before committing range
run 2s
all start
network delay 5ms
run 1s
all start
settle within 5m
run 1m
settle within 5m
expect same
helmo.be accepts T1..T10
upjs.sk accepts U6..U10
settle within 1m
expect same
--
     0.140  upjs.sk       . session to node.helmo.be opened
     0.147  uhasselt.be   . session to node.helmo.be opened
     0.165  helmo.be      . session to node.upjs.sk opened
     0.204  helmo.be      . session from node.upjs.sk is live
     0.226  helmo.be      . session from node.uhasselt.be is live
     0.290  helmo.be      . session to node.uhasselt.be opened
     0.299  uhasselt.be   . session to node.upjs.sk opened
     0.304  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.327  uhasselt.be   . session from node.helmo.be is live
     0.346  upjs.sk       . session to node.uhasselt.be opened
     0.358  upjs.sk         helmo.be: write guard lifted, both hold the same
     0.371  upjs.sk       . session from node.helmo.be is live
     0.416  upjs.sk       . session from node.uhasselt.be is live
     0.531  uhasselt.be   . session from node.upjs.sk is live
     0.666  upjs.sk         uhasselt.be: write guard lifted, both hold the same
     2.371  helmo.be        upjs.sk: write guard lifted, both hold the same
     2.578  helmo.be        uhasselt.be: write guard lifted, both hold the same
     2.639  uhasselt.be     upjs.sk: write guard lifted, both hold the same
     5.000  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
     5.000  upjs.sk       > T1..T10: 10 kept, 0 wait for the guard
     5.000  uhasselt.be   > U1..U10: 10 kept, 0 wait for the guard
     5.138  helmo.be      . records from upjs.sk: 1 new, 0 repeated (2 times)
     5.152  helmo.be      . records from upjs.sk: 1 new, 0 repeated (3 times)
     5.171  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     5.176  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated (5 times)
     5.326  upjs.sk       . receipt from helmo.be: 3 delivered, 0 known
     7.000  helmo.be      . uhasselt.be is silent about 10 records: sent again
     7.326  upjs.sk       . helmo.be is silent about 7 records: sent again
     7.404  helmo.be      . records from upjs.sk: 0 new, 1 repeated
     7.467  upjs.sk       . receipt from helmo.be: 2 delivered, 0 known
     7.519  helmo.be      . records from upjs.sk: 0 new, 1 repeated
     7.538  helmo.be      . records from upjs.sk: 1 new, 0 repeated (2 times)
     7.697  upjs.sk       . receipt from helmo.be: 0 delivered, 2 known
     7.733  upjs.sk       . receipt from helmo.be: 2 delivered, 0 known
     8.000  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     9.733  upjs.sk       . helmo.be is silent about 3 records: sent again
     9.845  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     9.940  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     9.968  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
     9.975  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    12.003  upjs.sk       . helmo.be is silent about 1 records: sent again
    15.000  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
    15.000  upjs.sk       > T1..T10: 10 kept, 0 wait for the guard
    15.000  upjs.sk       . helmo.be is silent about 11 records: sent again
    15.161  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    15.265  uhasselt.be   . session to node.helmo.be opened
    15.272  uhasselt.be   . session to node.upjs.sk opened
    15.298  upjs.sk       . session to node.helmo.be opened
    15.367  upjs.sk       . session from node.uhasselt.be is live
    15.414  helmo.be      . session from node.upjs.sk is live
    15.457  helmo.be      . session from node.uhasselt.be is live
    15.591  uhasselt.be     helmo.be: write guard lifted, both hold the same
    15.820  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    15.848  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    15.873  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    15.942  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    15.974  helmo.be      . records from upjs.sk: 1 new, 0 repeated (2 times)
    16.006  upjs.sk       . receipt from helmo.be: 2 delivered, 0 known
    16.367  upjs.sk         node.uhasselt.be cannot be reached: kept, tried again by itself
    16.695  upjs.sk       . session to node.uhasselt.be opened
    16.719  uhasselt.be   . session from node.upjs.sk is live
    17.873  uhasselt.be   . upjs.sk is silent about 10 records: sent again
    17.923  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated (2 times)
    17.931  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated
    18.041  upjs.sk       . helmo.be is silent about 8 records: sent again
    18.207  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    18.356  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    19.457  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
    20.356  upjs.sk       . helmo.be is silent about 7 records: sent again
    20.513  helmo.be      . records from upjs.sk: 1 new, 0 repeated (4 times)
    23.040  upjs.sk       . helmo.be is silent about 7 records: sent again
    23.072  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    23.197  upjs.sk       . receipt from helmo.be: 4 delivered, 0 known
    23.253  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    23.444  upjs.sk       . receipt from helmo.be: 0 delivered, 4 known
    25.000  uhasselt.be   > U1..U5: 0 kept, 5 wait for the guard
    25.682  upjs.sk       . helmo.be is silent about 3 records: sent again
    25.829  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    26.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    26.000  uhasselt.be     node.upjs.sk cannot be reached: kept, tried again by itself
    26.014  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    26.281  uhasselt.be   . session to node.upjs.sk opened
    26.319  upjs.sk       . session from node.uhasselt.be is live
    26.589  uhasselt.be   . session to node.helmo.be opened
    26.736  helmo.be      . session from node.uhasselt.be is live
    26.787  upjs.sk       . session to node.uhasselt.be opened
    27.003  uhasselt.be   . session from node.upjs.sk is live
    27.031  helmo.be      . session to node.uhasselt.be opened
    27.222  uhasselt.be   . session from node.helmo.be is live
    28.014  upjs.sk       . helmo.be is silent about 2 records: sent again
    28.060  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    28.092  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    28.223  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    28.279  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    28.944  uhasselt.be     helmo.be: write guard lifted, both hold the same
    29.171  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    29.343  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    30.241  uhasselt.be   . session to node.helmo.be opened
    30.323  uhasselt.be   . session to node.upjs.sk opened
    30.367  helmo.be      . session from node.uhasselt.be is live
    30.410  upjs.sk       . session from node.uhasselt.be is live
    30.538  upjs.sk       . session to node.uhasselt.be opened
    30.689  helmo.be      . session to node.uhasselt.be opened
    31.311  uhasselt.be   . session to node.upjs.sk opened
    31.359  upjs.sk       . session from node.uhasselt.be is live
    31.590  upjs.sk         node.uhasselt.be knows a later opening counter of ours: jumped above it
    31.772  upjs.sk       . session to node.uhasselt.be opened
    31.824  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    31.958  uhasselt.be   . session from node.upjs.sk is live
    32.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    32.527  uhasselt.be   . session to node.helmo.be opened
    32.633  helmo.be      . session from node.uhasselt.be is live
    33.633  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
    33.824  uhasselt.be   . upjs.sk is silent about 10 records: sent again
    33.979  helmo.be      . session to node.uhasselt.be opened
    34.087  uhasselt.be   . session from node.helmo.be is live
    34.616  uhasselt.be     helmo.be: write guard lifted, both hold the same
    34.958  uhasselt.be     node.upjs.sk does not answer: kept, tried again by itself
    36.376  helmo.be      ! uhasselt.be lost 2 records that it had receipted: sent again, as it signed for
    36.550  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.552  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.583  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    36.669  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    36.733  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    38.763  helmo.be      . uhasselt.be is silent about 18 records: sent again
    38.842  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    38.960  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    38.980  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    39.026  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    39.093  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    40.224  helmo.be      . session to node.upjs.sk opened
    40.307  upjs.sk       . session to node.uhasselt.be opened
    40.364  helmo.be      . session to node.uhasselt.be opened
    40.401  upjs.sk       . session from node.helmo.be is live
    40.427  uhasselt.be   . session from node.helmo.be is live
    40.456  uhasselt.be   . session from node.upjs.sk is live
    40.478  helmo.be        upjs.sk: write guard lifted, both hold the same
    40.561  upjs.sk         node.helmo.be knows a later opening counter of ours: jumped above it
    40.674  uhasselt.be   . session to node.upjs.sk opened
    40.694  uhasselt.be   . session to node.helmo.be opened
    40.725  helmo.be      . session from node.uhasselt.be is live
    40.794  upjs.sk         node.helmo.be knows a later opening counter of ours: jumped above it
    40.805  upjs.sk       . session from node.uhasselt.be is live
    40.929  upjs.sk       . session to node.helmo.be opened
    41.089  helmo.be      . session from node.upjs.sk is live
    42.010  helmo.be      . session to node.upjs.sk opened
    42.010  helmo.be      . session to node.uhasselt.be opened
    42.015  upjs.sk       . session from node.helmo.be is live
    42.015  uhasselt.be   . session from node.helmo.be is live
    42.020  helmo.be        upjs.sk: write guard lifted, both hold the same
    42.025  upjs.sk       . session to node.helmo.be opened
    42.025  uhasselt.be   . session to node.helmo.be opened
    42.030  helmo.be      . session from node.upjs.sk is live
    42.030  helmo.be      . session from node.uhasselt.be is live
    42.030  helmo.be        uhasselt.be: write guard lifted, both hold the same
    42.035  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (5 times)
    42.035  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (15 times)
    42.040  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    42.040  helmo.be      . receipt from uhasselt.be: 15 delivered, 0 known
    42.040  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (4 times)
    42.045  upjs.sk       ! helmo.be lost 3 records that it had receipted: sent again, as it signed for
    42.045  upjs.sk         helmo.be: write guard lifted, both hold the same
    42.050  helmo.be      . records from upjs.sk: 1 new, 0 repeated (3 times)
    42.055  upjs.sk       . receipt from helmo.be: 3 delivered, 0 known
    42.317  upjs.sk         uhasselt.be: write guard lifted, both hold the same
    42.907  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated (6 times)
    42.907  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated (4 times)
    42.912  uhasselt.be   . receipt from upjs.sk: 4 delivered, 0 known
    42.912  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    42.912  uhasselt.be   . receipt from upjs.sk: 5 delivered, 0 known
   103.000  helmo.be      > T1..T10: 10 kept, 0 wait for the guard
   103.000  upjs.sk       > U6..U10: 5 kept, 0 wait for the guard
   103.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated
   103.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
   103.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated
   103.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated (2 times)
   103.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated (2 times)
   103.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated (2 times)
   103.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated (6 times)
   103.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
   103.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
   103.010  upjs.sk       . receipt from uhasselt.be: 2 delivered, 0 known
   103.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
   103.010  helmo.be      . receipt from upjs.sk: 2 delivered, 0 known
   103.010  upjs.sk       . receipt from uhasselt.be: 2 delivered, 0 known
   103.010  helmo.be      . receipt from upjs.sk: 6 delivered, 0 known
