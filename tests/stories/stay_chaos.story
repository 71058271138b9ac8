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
uhasselt.be dies after committing return
run 15s
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
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
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
     0.146  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.163  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.308  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     2.311  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.311  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     5.045  helmo.be      > S4..S6: the dossier's state does not allow this: record.turn
     5.045  uhasselt.be   > S5: kept, waits for the guard
     5.045  uhasselt.be   > S6: kept, waits for the guard
     5.337  uhasselt.be     node.helmo.be knows a later opening counter of ours: jumped above it
     5.569  uhasselt.be   . session to node.helmo.be opened
     5.681  helmo.be      . session from node.uhasselt.be is live
     5.840  helmo.be      . session to node.uhasselt.be opened
     5.918  uhasselt.be   . session from node.helmo.be is live
     6.158  uhasselt.be     helmo.be: write guard lifted, both hold the same
     8.158  uhasselt.be   . helmo.be is silent about 8 records: sent again
    10.158  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    10.432  helmo.be      . session to node.uhasselt.be opened
    10.463  uhasselt.be   . session from node.helmo.be is live
    11.363  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    13.556  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    14.013  uhasselt.be   . session to node.helmo.be opened
    14.063  helmo.be      . session from node.uhasselt.be is live
    14.957  helmo.be        uhasselt.be: write guard lifted, both hold the same
    14.996  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    17.060  helmo.be      . uhasselt.be is silent about 1 records: sent again
    17.206  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    17.276  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.758  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.975  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    22.975  uhasselt.be   . helmo.be is silent about 7 records: sent again
    23.150  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    23.236  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    25.296  uhasselt.be   . helmo.be is silent about 6 records: sent again
    25.341  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    25.452  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    25.520  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    25.528  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    27.593  uhasselt.be   . helmo.be is silent about 4 records: sent again
    27.617  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    27.707  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    27.707  helmo.be      . records from uhasselt.be: 2 new, 0 repeated
    27.816  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    27.820  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    30.045  uhasselt.be   > S4..S8: the dossier's state does not allow this: record.turn (2 times)
    30.241  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    35.276  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    35.353  uhasselt.be   . session to node.helmo.be opened
    35.496  helmo.be      . session from node.uhasselt.be is live
    35.719  helmo.be      . session to node.uhasselt.be opened
    35.919  uhasselt.be   . session from node.helmo.be is live
    37.883  uhasselt.be     helmo.be: write guard lifted, both hold the same
    37.961  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    38.007  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    38.144  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    38.168  uhasselt.be   . receipt from helmo.be: 0 delivered, 3 known
    40.168  uhasselt.be   . helmo.be is silent about 5 records: sent again
    40.267  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    40.326  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    40.369  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    40.371  uhasselt.be   . receipt from helmo.be: 0 delivered, 3 known
    40.532  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    42.532  uhasselt.be   . helmo.be is silent about 4 records: sent again
    42.734  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    42.734  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    42.903  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    44.903  uhasselt.be   . helmo.be is silent about 2 records: sent again
    45.088  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
    45.283  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    55.045  helmo.be      > S4..S8: the dossier's state does not allow this: record.turn
    55.045  uhasselt.be   > S7: kept
    55.045  uhasselt.be   > S8: kept
    55.218  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    55.221  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    55.237  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    55.393  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    55.434  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    57.393  uhasselt.be   . helmo.be is silent about 1 records: sent again
    57.434  helmo.be      . uhasselt.be is silent about 3 records: sent again
    57.542  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    57.564  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    57.593  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    57.619  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    57.687  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    57.795  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    59.687  uhasselt.be   . helmo.be is silent about 0 records: sent again
    59.760  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    59.795  helmo.be      . uhasselt.be is silent about 1 records: sent again
    59.971  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    61.045  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    62.141  helmo.be      . uhasselt.be is silent about 1 records: sent again
    64.141  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    68.562  helmo.be      . session to node.uhasselt.be opened
    68.669  uhasselt.be   . session from node.helmo.be is live
    68.868  uhasselt.be   . session to node.helmo.be opened
    68.977  helmo.be      ! uhasselt.be lost 6 records that it had receipted: sent again, as it signed for
    69.059  helmo.be      . session from node.uhasselt.be is live
    69.114  helmo.be      . session to node.uhasselt.be opened
    69.281  uhasselt.be   . session from node.helmo.be is live
    69.620  helmo.be      ! uhasselt.be lost 6 records that it had receipted: sent again, as it signed for
    73.261  uhasselt.be   ! helmo.be holds 19 records of ours that are not here: asked back
    73.448  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
    75.055  uhasselt.be   . session to node.helmo.be opened
    75.060  helmo.be      . session from node.uhasselt.be is live
    75.070  helmo.be      . session to node.uhasselt.be opened
    75.075  uhasselt.be   ! helmo.be holds 18 records of ours that are not here: asked back
    75.075  uhasselt.be   . session from node.helmo.be is live
    75.080  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
    75.090  helmo.be      ! uhasselt.be lost 6 records that it had receipted: sent again, as it signed for
    75.095  uhasselt.be     helmo.be: write guard lifted, both hold the same
    75.100  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (3 times)
    75.100  helmo.be      . records from uhasselt.be: 0 new, 2 repeated
    75.100  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (14 times)
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    75.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    75.105  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    75.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    75.105  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    75.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    75.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    75.105  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    75.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    75.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (7 times)
    75.110  helmo.be      . receipt from uhasselt.be: 7 delivered, 0 known
   135.045  helmo.be      > S4: kept
   135.045  uhasselt.be   > S4: kept
   135.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   135.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   135.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   135.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
