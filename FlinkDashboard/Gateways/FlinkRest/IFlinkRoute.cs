using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>A way to JobManagers: through the API server's proxy, or by service name inside the cluster.</summary>
public interface IFlinkRoute
{
    /// <summary>For people, as in "through the API server".</summary>
    string Words { get; }

    /// <summary>Sends one GET. Answers whatever the JobManager answered; throws <see cref="FlinkRestException"/> when the way is blocked.</summary>
    /// <param name="to">Which JobManager; its names are checked.</param>
    /// <param name="path">Path and query, beginning with a slash; on the allow-list.</param>
    /// <param name="at">Now, for the exception.</param>
    /// <param name="stop">Ends the request.</param>
    Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop);
}

/// <summary>An answer whose body is still to be read.</summary>
/// <param name="Status">HTTP code.</param>
/// <param name="Body">The body.</param>
/// <param name="Owner">Ends the connection.</param>
public sealed record FlinkResponse(int Status, Stream Body, IDisposable Owner) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Owner.Dispose();
}
