namespace FlinkDashboard.Sandbox;

/// <summary>How to start a sandbox cluster.</summary>
public sealed record SandboxOptions
{
    /// <summary>Starting world: <c>empty</c> (an API server that nothing moves behind), <c>quiet</c> (a node and the operator, nothing deployed), <c>busy</c>, <c>thousand</c>, or <c>recording:FOLDER</c>.</summary>
    public string World { get; init; } = "busy";

    /// <summary>Same seed, same names, ids and choices.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Simulated seconds per real second; 0 stands still until the clock is advanced by hand.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Plain HTTP port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS port on loopback; 0 takes a free one, negative serves no HTTPS.</summary>
    public int HttpsPort { get; init; } = -1;

    /// <summary>Port of S3 on loopback; 0 takes a free one.</summary>
    public int S3Port { get; init; }

    /// <summary>Plain HTTP port on loopback of the Prometheus API, of the metrics of all pods and of their discovery; 0 takes a free one.</summary>
    public int PrometheusPort { get; init; }

    /// <summary>Time between scrapes of the sandbox's own Prometheus.</summary>
    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Port of CloudWatch Logs on loopback; 0 takes a free one.</summary>
    public int LogsPort { get; init; }

    /// <summary>Simulated time of the first moment; null is now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>
    /// <c>NAMESPACE/NAME=http://127.0.0.1:PORT</c>: REST requests to that application's JobManager go to a real one on this machine. Null for none.
    /// </summary>
    public string? RealFlink { get; init; }

    /// <summary>Real time source.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told when a behaviour throws; null writes to standard error.</summary>
    public Action<Exception>? Failed { get; init; }
}
