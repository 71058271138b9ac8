# Learning agreements of many on a bad network, with deaths and restores on both sides; then it heals,
# and both sides see the same plans, approved or not.
seed 31
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S6 to uhasselt.be
settle
uhasselt.be accepts S1..S6
settle
helmo.be plans S1..S6 first
settle
network delay 20ms jitter 200ms loss 15% duplicate 10% reorder 30%
helmo.be backs up
uhasselt.be backs up
uhasselt.be approves plan of S1..S3
helmo.be plans S2..S4 fuller
uhasselt.be dies after committing receipt
run 5s
all start
uhasselt.be comments plan of S4..S6
helmo.be plans S5 fuller
helmo.be withdraws S6
helmo.be dies before committing deliver
run 5s
all start
run 20s
uhasselt.be approves plan of S1..S5
uhasselt.be restores
run 5s
helmo.be plans S5 swapped
uhasselt.be says S1..S5 arrived on 2027-02-03
helmo.be dies after committing return
run 15s
all start
network delay 5ms
run 1m
settle within 10m
expect same
helmo.be plans S1 fuller
helmo.be plans S2 swapped
settle within 1m
uhasselt.be approves plan of S2
settle within 1m
expect S1 plan 1 at uhasselt.be
expect S1 agreed-plan 1 at helmo.be
expect S2 agreed-plan 3 at helmo.be
expect S6 withdrawn at both
expect same
expect invariants
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S6: 6 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
     0.035  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
     0.035  uhasselt.be   > S1..S6: 6 kept, 0 wait for the guard
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (6 times)
     0.045  uhasselt.be   . receipt from helmo.be: 6 delivered, 0 known
     0.045  helmo.be      > S1..S6: 6 kept, 0 wait for the guard
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
     0.055  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
     0.055  uhasselt.be   > S1..S3: 3 kept, 0 wait for the guard
     0.055  helmo.be      > S2..S4: 3 kept, 0 wait for the guard
     0.078  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.102  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.155  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.193  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.055  helmo.be      . uhasselt.be is silent about 3 records: sent again
     4.305  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     5.055  uhasselt.be   > S4..S6: 0 kept, 3 wait for the guard
     5.055  helmo.be      > S5: kept
     5.055  helmo.be      > S6: kept
     5.198  uhasselt.be   . session to node.helmo.be opened
     5.351  helmo.be      . session from node.uhasselt.be is live
     5.438  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.438  uhasselt.be   . helmo.be is silent about 5 records: sent again
     9.438  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    10.391  helmo.be      . session to node.uhasselt.be opened
    10.466  uhasselt.be   . session from node.helmo.be is live
    10.674  uhasselt.be   . session to node.helmo.be opened
    10.845  helmo.be      . session from node.uhasselt.be is live
    11.028  helmo.be        uhasselt.be: write guard lifted, both hold the same
    11.139  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    11.149  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    11.149  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.237  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    11.332  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    13.237  uhasselt.be   . helmo.be is silent about 4 records: sent again
    13.332  helmo.be      . uhasselt.be is silent about 3 records: sent again
    13.350  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    13.354  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.363  helmo.be      . records from uhasselt.be: 3 new, 0 repeated
    13.438  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    13.532  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    13.545  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    13.568  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.699  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    30.055  uhasselt.be   > S1..S5: the dossier's state does not allow this: learning_decision.target
    30.185  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    30.228  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
    31.055  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    31.487  uhasselt.be   . session to node.helmo.be opened
    31.568  helmo.be      . session from node.uhasselt.be is live
    31.792  helmo.be      . session to node.uhasselt.be opened
    31.826  uhasselt.be   . session from node.helmo.be is live
    32.316  helmo.be      ! uhasselt.be lost 5 records that it had receipted: sent again, as it signed for
    35.055  helmo.be      > S5: kept
    35.055  uhasselt.be   > S1..S5: 0 kept, 5 wait for the guard
    35.938  uhasselt.be   ! helmo.be holds 10 records of ours that are not here: asked back
    36.070  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
    41.041  uhasselt.be   ! helmo.be holds 1 records of ours that are not here: asked back
    41.603  uhasselt.be     helmo.be: write guard lifted, both hold the same
    41.646  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    41.718  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    42.182  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
    44.182  uhasselt.be   . helmo.be is silent about 12 records: sent again
    44.226  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    44.253  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (2 times)
    44.374  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
    44.397  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
    44.434  helmo.be      . uhasselt.be is silent about 6 records: sent again
    44.589  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    44.651  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    44.703  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    44.820  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    46.651  uhasselt.be   . helmo.be is silent about 9 records: sent again
    46.866  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    47.013  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    48.136  helmo.be      . uhasselt.be is silent about 1 records: sent again
    48.206  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    48.368  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    49.013  uhasselt.be   . helmo.be is silent about 8 records: sent again
    49.150  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    49.150  helmo.be      . records from uhasselt.be: 0 new, 3 repeated
    49.150  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    49.203  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    49.203  helmo.be      . records from uhasselt.be: 2 new, 0 repeated (2 times)
    49.296  uhasselt.be   . receipt from helmo.be: 0 delivered, 3 known
    49.374  uhasselt.be   . receipt from helmo.be: 5 delivered, 0 known
    51.374  uhasselt.be   . helmo.be is silent about 3 records: sent again
    51.379  helmo.be      . records from uhasselt.be: 0 new, 3 repeated
    51.384  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
   110.055  helmo.be      > S1: a field does not follow its rule: learning.change_explained
   110.055  helmo.be      > S2: kept
   110.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   110.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   110.065  uhasselt.be   > S2: kept
   110.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   110.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
