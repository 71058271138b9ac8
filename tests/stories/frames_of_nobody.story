# Frames without any key cost a look: nothing is kept of them, and nobody else waits for it.
nodes helmo.be uhasselt.be zhaw.ch
settle
zhaw.ch throws rubbish at helmo.be
zhaw.ch throws empty at helmo.be
zhaw.ch throws short at helmo.be
zhaw.ch throws huge at helmo.be
zhaw.ch throws opening at helmo.be
zhaw.ch throws answer at helmo.be
zhaw.ch throws data at helmo.be
zhaw.ch throws stale at helmo.be
run 1s
expect frames_refused 8 at helmo.be
expect records 0 at helmo.be
uhasselt.be nominates A to helmo.be
zhaw.ch nominates B to helmo.be
settle within 1s
expect A pending at both
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
     1.025  uhasselt.be   > A: kept
     1.025  zhaw.ch       > B: kept
     1.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     1.030  helmo.be      . records from zhaw.ch: 1 new, 0 repeated
     1.035  zhaw.ch       . receipt from helmo.be: 1 delivered, 0 known
     1.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
