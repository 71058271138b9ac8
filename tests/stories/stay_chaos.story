# The whole path on a bad network, with deaths and restores on both sides; then it heals, and both
# sides see the same stays.
seed 29
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S8 to uhasselt.be
settle
uhasselt.be waitlists S1..S2
uhasselt.be accepts S3..S8
settle
network delay 20ms jitter 200ms loss 15% duplicate 10% reorder 30%
helmo.be backs up
uhasselt.be backs up
helmo.be amends S1..S2 field
uhasselt.be accepts S1
uhasselt.be says S3..S8 arrived on 2027-02-03
helmo.be withdraws S3
uhasselt.be dies after committing receipt
run 5s
all start
helmo.be extends S4..S6 until 2027-07-31
uhasselt.be extends S5 until 2027-07-20
uhasselt.be revokes S6 acceptance
helmo.be dies before committing deliver
run 5s
all start
run 20s
uhasselt.be says S4..S8 departed on 2027-06-30
uhasselt.be issues S4..S8
uhasselt.be dies before committing receipt
run 5s
all start
run 20s
helmo.be recognises S4..S8 wholly
uhasselt.be issues S7
uhasselt.be revokes S8 transcript
run 5s
uhasselt.be restores
helmo.be dies after committing returned
run 5s
all start
network delay 5ms
run 1m
settle within 10m
expect same
expect S3 withdrawn at both
expect S6 revoked at both
helmo.be recognises S4 partly
uhasselt.be revokes S4 transcript
settle within 1m
expect S4 departed at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S8: 8 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (8 times)
     0.035  helmo.be      . receipt from uhasselt.be: 8 delivered, 0 known
     0.035  uhasselt.be   > S1..S2: 2 kept, 0 wait for the guard
     0.035  uhasselt.be   > S3..S8: 6 kept, 0 wait for the guard
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (8 times)
     0.045  uhasselt.be   . receipt from helmo.be: 8 delivered, 0 known
     0.045  helmo.be      > S1..S2: 2 kept, 0 wait for the guard
     0.045  uhasselt.be   > S1: kept
     0.045  uhasselt.be   > S3..S8: 6 kept, 0 wait for the guard
     0.045  helmo.be      > S3: kept
     0.074  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.045  helmo.be      . uhasselt.be is silent about 3 records: sent again
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     5.045  helmo.be      > S4..S6: the dossier's state does not allow this: record.turn
     5.045  uhasselt.be   > S5: kept, waits for the guard
     5.045  uhasselt.be   > S6: kept, waits for the guard
     5.135  uhasselt.be   . session to node.helmo.be opened
     5.301  helmo.be      . session from node.uhasselt.be is live
     5.542  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.542  uhasselt.be   . helmo.be is silent about 8 records: sent again
     9.542  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    10.124  helmo.be      . session to node.uhasselt.be opened
    10.154  uhasselt.be   . session from node.helmo.be is live
    10.412  uhasselt.be   . session to node.helmo.be opened
    10.540  helmo.be      . session from node.uhasselt.be is live
    10.558  helmo.be        uhasselt.be: write guard lifted, both hold the same
    10.766  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    10.982  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    17.045  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    17.157  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    17.201  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    17.339  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    19.339  uhasselt.be   . helmo.be is silent about 6 records: sent again
    19.451  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    19.519  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
    19.528  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    19.721  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    21.721  uhasselt.be   . helmo.be is silent about 3 records: sent again
    21.808  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    22.013  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    24.013  uhasselt.be   . helmo.be is silent about 2 records: sent again
    24.093  helmo.be      . records from uhasselt.be: 2 new, 0 repeated
    24.293  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    30.045  uhasselt.be   > S4..S8: the dossier's state does not allow this: record.turn (2 times)
    30.176  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    30.236  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (4 times)
    35.316  uhasselt.be   . session to node.helmo.be opened
    35.346  helmo.be      . session from node.uhasselt.be is live
    35.684  helmo.be      . session to node.uhasselt.be opened
    35.745  uhasselt.be     helmo.be: write guard lifted, both hold the same
    35.754  uhasselt.be   . session from node.helmo.be is live
    35.832  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    35.914  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    35.930  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    35.938  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (3 times)
    35.938  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    36.063  uhasselt.be   . receipt from helmo.be: 4 delivered, 0 known
    36.105  uhasselt.be   . receipt from helmo.be: 0 delivered, 4 known
    38.105  uhasselt.be   . helmo.be is silent about 3 records: sent again
    38.227  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    38.266  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    38.316  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    38.330  uhasselt.be   . receipt from helmo.be: 0 delivered, 3 known
    55.045  helmo.be      > S4..S8: the dossier's state does not allow this: record.turn
    55.045  uhasselt.be   > S7: kept
    55.045  uhasselt.be   > S8: kept
    55.147  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    55.226  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    55.227  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    57.045  uhasselt.be   . helmo.be is silent about 2 records: sent again
    57.137  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    57.180  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    57.217  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    57.438  helmo.be      . uhasselt.be is silent about 3 records: sent again
    57.487  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    57.549  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    57.637  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    57.667  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    57.779  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    59.261  uhasselt.be   . helmo.be is silent about 1 records: sent again
    59.296  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    59.334  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    61.045  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    63.864  uhasselt.be   . session to node.helmo.be opened
    63.982  helmo.be      . session from node.uhasselt.be is live
    66.123  uhasselt.be   ! helmo.be holds 19 records of ours that are not here: asked back
    66.128  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
    66.143  uhasselt.be     helmo.be: write guard lifted, both hold the same
    66.148  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (7 times)
    66.148  helmo.be      . records from uhasselt.be: 0 new, 2 repeated
    66.148  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (10 times)
    66.153  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    66.153  uhasselt.be   . receipt from helmo.be: 4 delivered, 0 known
    66.153  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    66.153  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    66.153  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    66.153  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    66.153  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (4 times)
    66.982  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    67.225  helmo.be      . session to node.uhasselt.be opened
    67.230  uhasselt.be   . session from node.helmo.be is live
    67.245  helmo.be      ! uhasselt.be lost 7 records that it had receipted: sent again, as it signed for
    67.250  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (7 times)
    67.255  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
   125.045  helmo.be      > S4: kept
   125.045  uhasselt.be   > S4: kept
   125.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   125.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   125.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   125.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
