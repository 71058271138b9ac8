# Bad network, drifting clocks, a sick disk, a lost backup, a changed key and a crook: after the
# healing both hold the same.
seed 7
stores on disk
nodes helmo.be uhasselt.be zhaw.ch
network delay 20ms jitter 30ms loss 10% duplicate 10% reorder 10% tail 2% 5s
helmo.be clock gains 1h a day
uhasselt.be clock loses 1h a day
helmo.be backs up as monday
helmo.be nominates S1..S10 to uhasselt.be
uhasselt.be nominates T1..T10 to zhaw.ch
run 2s
uhasselt.be disk breaks at write number 40
isolate ch
run 20s
helmo.be gets a new signing key
catalogue second is issued
helmo.be reads catalogue second
zhaw.ch throws rubbish at helmo.be 50 times
half-open from helmo.be to uhasselt.be
run 20s
helmo.be restores monday
uhasselt.be disk takes 200ms
run 30s
all heal
all read catalogue second
settle within 20m
expect S1..S10 pending at both
expect T1..T10 pending at both
expect order at uhasselt.be
expect same
--
     0.000  helmo.be      > S1..S10: 0 kept, 10 wait for the guard
     0.000  uhasselt.be   > T1..T10: 0 kept, 10 wait for the guard
     0.060  zhaw.ch       . session to node.helmo.be opened
     0.061  uhasselt.be   . session to node.helmo.be opened
     0.061  helmo.be      . session to node.uhasselt.be opened
     0.065  helmo.be      . session to node.zhaw.ch opened
     0.090  helmo.be      . session from node.zhaw.ch is live
     0.090  zhaw.ch       . session from node.helmo.be is live
     0.091  uhasselt.be   . session from node.helmo.be is live
     0.092  helmo.be      . session from node.uhasselt.be is live
     0.129  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.138  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.219  uhasselt.be   . records from helmo.be: 10 new, 0 repeated
     0.262  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
     1.000  zhaw.ch         node.uhasselt.be cannot be reached: kept, tried again by itself
     1.043  uhasselt.be     node.zhaw.ch cannot be reached: kept, tried again by itself
     1.276  zhaw.ch         node.uhasselt.be knows a later opening counter of ours: jumped above it
     1.347  zhaw.ch       . session to node.uhasselt.be opened
     1.375  uhasselt.be   . session from node.zhaw.ch is live
     1.436  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     3.372  uhasselt.be     node.zhaw.ch cannot be reached: kept, tried again by itself
     5.014  helmo.be        node.zhaw.ch does not answer: kept, tried again by itself
     5.178  zhaw.ch         node.helmo.be does not answer: kept, tried again by itself
    19.436  zhaw.ch         node.uhasselt.be does not answer: kept, tried again by itself
    22.000  helmo.be      > catalogue second: read
    22.063  helmo.be      . session to node.uhasselt.be opened
    22.113  uhasselt.be   . session from node.helmo.be is live
    22.113  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    22.156  helmo.be        uhasselt.be: write guard lifted, both hold the same
    22.179  uhasselt.be   . session to node.helmo.be opened
    22.960  helmo.be        node.zhaw.ch cannot be reached: kept, tried again by itself
    26.396  helmo.be      . session from node.uhasselt.be is live
    27.223  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    42.263  helmo.be      . session to node.uhasselt.be opened
    42.304  uhasselt.be   . session from node.helmo.be is live
    42.304  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    42.960  helmo.be        node.zhaw.ch cannot be reached: kept, tried again by itself
    43.347  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
    43.777  uhasselt.be   . session to node.helmo.be opened
    44.010  helmo.be      . session from node.uhasselt.be is live
    44.044  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    49.069  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    51.512  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    53.988  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    56.433  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    62.711  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    65.108  helmo.be      . session to node.uhasselt.be opened
    65.135  uhasselt.be   . session from node.helmo.be is live
    65.135  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    67.569  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    68.265  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    69.984  uhasselt.be   . session to node.helmo.be opened
    70.210  helmo.be      . session from node.uhasselt.be is live
    70.414  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    72.000  helmo.be      > catalogue second: read
    72.000  uhasselt.be   > catalogue second: read
    72.000  zhaw.ch       > catalogue second: read
    72.010  helmo.be      . session to node.zhaw.ch opened
    72.010  zhaw.ch       . session to node.uhasselt.be opened
    72.010  uhasselt.be   . session to node.zhaw.ch opened
    72.010  zhaw.ch       . session to node.helmo.be opened
    72.010  uhasselt.be   . session to node.helmo.be opened
    72.010  helmo.be      . session to node.uhasselt.be opened
    72.015  zhaw.ch       . session from node.uhasselt.be is live
    72.015  zhaw.ch       . session from node.helmo.be is live
    72.015  helmo.be      . session from node.zhaw.ch is live
    72.015  uhasselt.be   . session from node.zhaw.ch is live
    72.015  helmo.be      . session from node.uhasselt.be is live
    72.015  uhasselt.be   . session from node.helmo.be is live
    72.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
    72.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
    72.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
    72.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
    72.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
    72.030  helmo.be      ! uhasselt.be holds 10 records of ours that are not here: asked back
    72.030  zhaw.ch       . records from uhasselt.be: 10 new, 0 repeated
    72.035  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
    72.035  uhasselt.be   . receipt from zhaw.ch: 10 delivered, 0 known
    72.050  helmo.be        uhasselt.be: write guard lifted, both hold the same
    72.055  uhasselt.be   . records from helmo.be: 0 new, 10 repeated
    72.060  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
