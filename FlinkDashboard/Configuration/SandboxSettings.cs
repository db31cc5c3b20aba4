namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Sandbox</c>; they matter only when the cluster source is the sandbox.</summary>
public sealed class SandboxSettings
{
    /// <summary>Starting world: <c>quiet</c>, <c>busy</c>, <c>thousand</c>, or <c>recording:FOLDER</c>.</summary>
    public string World { get; set; } = "busy";

    /// <summary>Same seed, same names, ids and choices.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Simulated seconds per real second; 0 stands still.</summary>
    public double Speed { get; set; } = 1;

    /// <summary><c>NAMESPACE/NAME=http://127.0.0.1:PORT</c>: REST requests to that application's JobManager go to a real Flink on this machine.</summary>
    public string RealFlink { get; set; } = "";
}
