# Rolled back, and one of two partners is away: what is for the one goes on, what is for the other
# waits until that one was heard too.
nodes helmo.be uhasselt.be zhaw.ch
settle
helmo.be backs up as before
helmo.be nominates A to uhasselt.be
helmo.be nominates B to zhaw.ch
settle
zhaw.ch stops
helmo.be restores before
run 1m
helmo.be amends A email
run 1m
expect A pending at both
expect B empty at helmo.be
expect armed 1 at helmo.be
zhaw.ch starts
settle within 1m
expect B pending at both
expect same
--
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > B: kept
     0.030  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be      . session from node.uhasselt.be is live
     0.065  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     0.070  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     0.085  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.090  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     0.095  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.035  helmo.be        node.zhaw.ch cannot be reached: kept, tried again by itself
    18.025  uhasselt.be     node.zhaw.ch does not answer: kept, tried again by itself
    60.035  helmo.be      > A: kept
    60.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    60.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   120.045  zhaw.ch       . session to node.uhasselt.be opened
   120.045  zhaw.ch       . session to node.helmo.be opened
   120.050  helmo.be      . session from node.zhaw.ch is live
   120.050  uhasselt.be   . session from node.zhaw.ch is live
   120.055  zhaw.ch         helmo.be: write guard lifted, both hold the same
   120.055  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
   120.060  uhasselt.be   . session to node.zhaw.ch opened
   120.060  helmo.be      . session to node.zhaw.ch opened
   120.065  zhaw.ch       . session from node.helmo.be is live
   120.065  zhaw.ch       . session from node.uhasselt.be is live
   120.080  helmo.be      ! zhaw.ch holds 1 records of ours that are not here: asked back
   120.085  zhaw.ch       ! helmo.be lost records of its own and signed for them: given back
   120.100  helmo.be        zhaw.ch: write guard lifted, both hold the same
   120.105  zhaw.ch       . records from helmo.be: 0 new, 1 repeated
   120.110  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
