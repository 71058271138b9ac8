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
     9.149  helmo.be        uhasselt.be: write guard lifted, both hold the same
     9.734  uhasselt.be   . upjs.sk is silent about 5 records: sent again
     9.937  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
    11.000  upjs.sk       . helmo.be is silent about 10 records: sent again
    11.149  helmo.be      . uhasselt.be is silent about 10 records: sent again
    12.010  uhasselt.be   . upjs.sk is silent about 5 records: sent again
    12.141  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated
    12.141  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
    12.197  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    12.220  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated (2 times)
    12.301  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    12.330  uhasselt.be   . receipt from upjs.sk: 2 delivered, 0 known
    15.000  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
    15.000  upjs.sk       > T1..T10: 10 kept, 0 wait for the guard
    15.000  upjs.sk       . helmo.be is silent about 20 records: sent again
    15.641  uhasselt.be   . upjs.sk is silent about 1 records: sent again
    15.725  upjs.sk       . records from uhasselt.be: 1 new, 0 repeated
    16.000  upjs.sk         node.helmo.be cannot be reached: kept, tried again by itself
    25.000  uhasselt.be   > U1..U5: 0 kept, 5 wait for the guard
    25.127  helmo.be      . session to node.upjs.sk opened
    25.207  helmo.be      . session to node.uhasselt.be opened
    25.257  uhasselt.be   . session to node.helmo.be opened
    25.309  uhasselt.be   . session from node.helmo.be is live
    25.335  upjs.sk       . session from node.helmo.be is live
    25.365  uhasselt.be   . session to node.upjs.sk opened
    25.419  helmo.be      . session from node.uhasselt.be is live
    25.488  upjs.sk       . session from node.uhasselt.be is live
    25.505  upjs.sk       . session to node.helmo.be opened
    25.515  helmo.be        upjs.sk: write guard lifted, both hold the same
    25.563  uhasselt.be     helmo.be: write guard lifted, both hold the same
    25.635  helmo.be      . session from node.upjs.sk is live
    25.680  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    25.696  upjs.sk       . session to node.uhasselt.be opened
    25.748  helmo.be        uhasselt.be: write guard lifted, both hold the same
    25.813  uhasselt.be   . records from helmo.be: 10 new, 0 repeated
    25.886  uhasselt.be   . session from node.upjs.sk is live
    25.930  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
    25.939  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    26.145  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    27.680  uhasselt.be   . upjs.sk is silent about 6 records: sent again
    28.145  helmo.be      . uhasselt.be is silent about 9 records: sent again
    28.323  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    28.328  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    28.340  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    28.544  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    28.635  helmo.be        node.upjs.sk does not answer: kept, tried again by itself
    28.886  uhasselt.be     node.upjs.sk does not answer: kept, tried again by itself
    30.544  helmo.be      . uhasselt.be is silent about 8 records: sent again
    31.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    31.000  uhasselt.be     node.upjs.sk cannot be reached: kept, tried again by itself
    33.758  uhasselt.be   . session to node.helmo.be opened
    33.766  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    33.801  helmo.be      . session from node.uhasselt.be is live
    34.127  helmo.be      . session to node.uhasselt.be opened
    34.319  uhasselt.be   . session from node.helmo.be is live
    36.042  uhasselt.be     helmo.be: write guard lifted, both hold the same
    38.797  helmo.be      ! uhasselt.be lost 12 records that it had receipted: sent again, as it signed for
    38.869  uhasselt.be   . records from helmo.be: 10 new, 0 repeated
    38.906  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    38.993  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    39.002  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (7 times)
    39.039  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
    39.069  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    39.078  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    39.183  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
    40.136  helmo.be      . session to node.upjs.sk opened
    40.164  upjs.sk       . session from node.helmo.be is live
    40.209  upjs.sk       . session to node.uhasselt.be opened
    40.264  uhasselt.be   . session from node.upjs.sk is live
    40.275  helmo.be      . session to node.uhasselt.be opened
    40.340  upjs.sk       . session to node.helmo.be opened
    40.361  upjs.sk         uhasselt.be: write guard lifted, both hold the same
    40.370  helmo.be      . session from node.upjs.sk is live
    40.450  uhasselt.be   . session from node.helmo.be is live
    41.450  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    42.010  helmo.be      . session to node.upjs.sk opened
    42.010  helmo.be      . session to node.uhasselt.be opened
    42.015  upjs.sk       . session from node.helmo.be is live
    42.015  uhasselt.be   . session from node.helmo.be is live
    42.020  helmo.be        upjs.sk: write guard lifted, both hold the same
    42.025  upjs.sk       . session to node.helmo.be opened
    42.025  uhasselt.be   . session to node.helmo.be opened
    42.030  helmo.be      . session from node.upjs.sk is live
    42.030  helmo.be        uhasselt.be: write guard lifted, both hold the same
    42.030  helmo.be      . session from node.uhasselt.be is live
    42.035  uhasselt.be   . records from helmo.be: 0 new, 10 repeated
    42.035  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (9 times)
    42.035  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    42.040  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
    42.040  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (3 times)
    42.040  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
    42.045  upjs.sk         helmo.be: write guard lifted, both hold the same
    42.050  helmo.be      . records from upjs.sk: 1 new, 0 repeated (20 times)
    42.055  upjs.sk       . receipt from helmo.be: 20 delivered, 0 known
    48.264  uhasselt.be     node.upjs.sk cannot be reached: kept, tried again by itself
    48.510  uhasselt.be   . session to node.upjs.sk opened
    48.515  upjs.sk       . session from node.uhasselt.be is live
    48.530  uhasselt.be   ! upjs.sk holds 5 records of ours that are not here: asked back
    48.535  upjs.sk       ! uhasselt.be lost records of its own and signed for them: given back
    48.550  uhasselt.be     upjs.sk: write guard lifted, both hold the same
    48.555  upjs.sk       . records from uhasselt.be: 0 new, 1 repeated (5 times)
    48.555  upjs.sk       . records from uhasselt.be: 0 new, 5 repeated
    48.560  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known (2 times)
    48.560  uhasselt.be   . receipt from upjs.sk: 2 delivered, 0 known
    48.560  uhasselt.be   . receipt from upjs.sk: 1 delivered, 0 known
    48.560  uhasselt.be   . receipt from upjs.sk: 5 delivered, 0 known
    48.560  helmo.be      > T1..T10: 10 kept, 0 wait for the guard
    48.560  upjs.sk       > U6..U10: 5 kept, 0 wait for the guard
    48.565  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    48.565  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    48.565  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated (2 times)
    48.565  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    48.565  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    48.565  upjs.sk       . records from helmo.be: 1 new, 0 repeated
    48.565  uhasselt.be   . records from upjs.sk: 1 new, 0 repeated
    48.565  upjs.sk       . records from helmo.be: 1 new, 0 repeated (7 times)
    48.570  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    48.570  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    48.570  upjs.sk       . receipt from uhasselt.be: 2 delivered, 0 known
    48.570  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    48.570  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    48.570  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
    48.570  upjs.sk       . receipt from uhasselt.be: 1 delivered, 0 known
    48.570  helmo.be      . receipt from upjs.sk: 7 delivered, 0 known
