namespace FlinkDashboard.Ui.Live;

/// <summary>The clock by which screens are drawn: real time, whatever clock the cluster lives by.</summary>
public sealed record ScreenClock(TimeProvider Time);
