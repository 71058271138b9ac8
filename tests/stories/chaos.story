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
uhasselt.be dies after committing returned
cut helmo.be upjs.sk
run 10s
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
expect same
helmo.be accepts T1..T10
upjs.sk accepts U6..U10
settle within 1m
expect same
--
     0.182  uhasselt.be   . session to node.helmo.be opened
     0.214  helmo.be      . session to node.upjs.sk opened
     0.235  upjs.sk       . session to node.uhasselt.be opened
     0.242  uhasselt.be   . session to node.upjs.sk opened
     0.264  helmo.be      . session from node.uhasselt.be is live
     0.266  upjs.sk       . session to node.helmo.be opened
     0.287  upjs.sk       . session from node.helmo.be is live
     0.331  upjs.sk       . session from node.uhasselt.be is live
     0.376  uhasselt.be   . session from node.upjs.sk is live
     0.380  helmo.be        upjs.sk: write guard lifted, both hold the same
     0.398  helmo.be      . session from node.upjs.sk is live
     0.419  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.468  uhasselt.be     upjs.sk: write guard lifted, both hold the same
     0.591  upjs.sk         uhasselt.be: write guard lifted, both hold the same
     1.264  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     2.343  upjs.sk         helmo.be: write guard lifted, both hold the same
     5.000  helmo.be      > S1..S10: 0 kept, 10 wait for the guard
     5.000  upjs.sk       > T1..T10: 10 kept, 0 wait for the guard
     5.000  uhasselt.be   > U1..U10: 10 kept, 0 wait for the guard
     5.030  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     5.140  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     5.196  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     5.244  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
     5.319  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
     7.000  upjs.sk       . helmo.be is silent about 10 records: sent again
     7.319  uhasselt.be   . upjs.sk is silent about 8 records: sent again
     7.523  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated
     7.523  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     7.533  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     7.664  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
     7.734  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known (2 times)
     8.844  helmo.be      . session to node.uhasselt.be opened
     8.913  uhasselt.be   . session from node.helmo.be is live
     9.000  upjs.sk       . helmo.be is silent about 10 records: sent again
     9.108  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     9.206  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     9.350  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
     9.734  uhasselt.be   . upjs.sk is silent about 5 records: sent again
     9.898  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     9.927  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
     9.939  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated (3 times)
     9.987  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    10.089  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    11.026  helmo.be        uhasselt.be: write guard lifted, both hold the same
    11.350  upjs.sk       . helmo.be is silent about 9 records: sent again
    11.452  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    11.452  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    13.026  helmo.be      . uhasselt.be is silent about 10 records: sent again
    13.621  upjs.sk       . helmo.be is silent about 9 records: sent again
    13.659  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    13.765  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    13.841  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    15.000  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
    15.000  upjs.sk       > T1..T10: 0 kept, 10 wait for the guard
    15.000  upjs.sk         node.helmo.be cannot be reached: kept, tried again by itself
    15.000  upjs.sk         node.uhasselt.be cannot be reached: kept, tried again by itself
    15.164  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    15.198  uhasselt.be   . session to node.upjs.sk opened
    15.257  upjs.sk       . session from node.uhasselt.be is live
    15.312  uhasselt.be   . session to node.helmo.be opened
    15.389  helmo.be      . session from node.uhasselt.be is live
    15.393  upjs.sk       . session to node.uhasselt.be opened
    15.487  uhasselt.be   . session from node.upjs.sk is live
    15.501  helmo.be      . session to node.uhasselt.be opened
    15.588  uhasselt.be     helmo.be: write guard lifted, both hold the same
    15.647  uhasselt.be   . session from node.helmo.be is live
    15.755  upjs.sk         uhasselt.be: write guard lifted, both hold the same
    17.446  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    17.569  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated (3 times)
    17.669  upjs.sk       . session to node.helmo.be opened
    17.787  helmo.be      . session from node.upjs.sk is live
    17.937  helmo.be      . session to node.upjs.sk opened
    18.038  upjs.sk       . session from node.helmo.be is live
    20.070  upjs.sk         helmo.be: write guard lifted, both hold the same
    20.213  helmo.be      . records from upjs.sk: 0 new, 1 repeated (2 times)
    20.213  helmo.be      . records from upjs.sk: 1 new, 0 repeated (2 times)
    20.220  helmo.be      . records from upjs.sk: 1 new, 0 repeated (2 times)
    20.280  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    20.315  upjs.sk       . receipt from helmo.be: 2 delivered, 0 known
    20.315  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    21.246  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    22.315  upjs.sk       . helmo.be is silent about 14 records: sent again
    22.395  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    22.410  helmo.be      . records from upjs.sk: 0 new, 1 repeated
    22.415  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    22.430  upjs.sk       . receipt from helmo.be: 2 delivered, 0 known
    22.450  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    22.502  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    24.502  upjs.sk       . helmo.be is silent about 10 records: sent again
    24.553  helmo.be      . records from upjs.sk: 10 new, 0 repeated
    24.704  upjs.sk       . receipt from helmo.be: 10 delivered, 0 known
    25.000  uhasselt.be   > U1..U5: 0 kept, 5 wait for the guard
    26.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    26.000  uhasselt.be     node.upjs.sk cannot be reached: kept, tried again by itself
    28.924  uhasselt.be   . session to node.upjs.sk opened
    28.991  upjs.sk       . session from node.uhasselt.be is live
    29.115  upjs.sk       . session to node.uhasselt.be opened
    29.312  uhasselt.be   . session from node.upjs.sk is live
    30.101  uhasselt.be   . session to node.helmo.be opened
    30.172  helmo.be      . session from node.uhasselt.be is live
    30.278  uhasselt.be   . session to node.upjs.sk opened
    30.343  uhasselt.be     helmo.be: write guard lifted, both hold the same
    30.367  helmo.be      . session to node.uhasselt.be opened
    30.426  uhasselt.be   . session from node.helmo.be is live
    30.481  upjs.sk       . session from node.uhasselt.be is live
    31.481  upjs.sk         node.uhasselt.be cannot be reached: kept, tried again by itself
    32.505  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    33.254  uhasselt.be   . records from helmo.be: 10 new, 0 repeated
    33.427  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
    34.505  uhasselt.be   . upjs.sk is silent about 4 records: sent again
    35.427  helmo.be      . uhasselt.be is silent about 10 records: sent again
    36.063  helmo.be        node.upjs.sk does not answer: kept, tried again by itself
    36.505  uhasselt.be     node.upjs.sk does not answer: kept, tried again by itself
    37.427  helmo.be      . uhasselt.be is silent about 10 records: sent again
    37.604  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    37.717  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    39.717  helmo.be      . uhasselt.be is silent about 9 records: sent again
    39.915  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    40.117  helmo.be      . session to node.uhasselt.be opened
    40.168  upjs.sk       . session to node.helmo.be opened
    40.204  helmo.be      . session from node.upjs.sk is live
    40.260  uhasselt.be   . session from node.helmo.be is live
    40.339  helmo.be      . session to node.upjs.sk opened
    40.412  upjs.sk       . session to node.uhasselt.be opened
    40.502  upjs.sk       . session from node.helmo.be is live
    40.504  uhasselt.be   . session from node.upjs.sk is live
    40.592  uhasselt.be   . session to node.upjs.sk opened
    40.624  helmo.be        upjs.sk: write guard lifted, both hold the same
    40.629  upjs.sk       . session from node.uhasselt.be is live
    40.634  upjs.sk         uhasselt.be: write guard lifted, both hold the same
    40.915  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated
    40.949  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated
    41.101  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    41.101  uhasselt.be   . receipt from upjs.sk: 3 delivered, 0 known
    42.137  helmo.be        uhasselt.be: write guard lifted, both hold the same
    42.142  uhasselt.be   . records from helmo.be: 0 new, 10 repeated
    42.142  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    42.142  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (7 times)
    42.147  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
    42.147  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
    42.147  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    42.147  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    42.178  upjs.sk         helmo.be: write guard lifted, both hold the same
    43.000  helmo.be      > T1..T10: 10 kept, 0 wait for the guard
    43.000  upjs.sk       > U6..U10: 5 kept, 0 wait for the guard
    43.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    43.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated (3 times)
    43.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    43.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    43.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    43.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    43.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    43.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    43.005  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    43.005  upjs.sk       . records from helmo.be: 1 new, 0 repeated (4 times)
    43.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 2 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    43.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    43.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    43.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    43.010  helmo.be      . receipt from upjs.sk: 4 delivered, 0 known
    43.010  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
