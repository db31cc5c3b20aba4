namespace FlinkDashboard.State;

/// <summary>What a kubelet asks. Neither looks at the cluster: a dashboard that shows "contact lost" is alive and of use.</summary>
public static class HealthEndpoints
{
    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: every kind has had its first answer, good or bad, or 20 s have passed.</summary>
    public static void MapHealth(this WebApplication app)
    {
        var (state, time) = (app.Services.GetRequiredService<ClusterState>(), app.Services.GetRequiredService<TimeProvider>());
        var start = time.GetTimestamp();
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        app.MapGet("/readyz", () => state.All.Count(c => c.Status.State == WatchState.Connecting) is > 0 and var waiting && time.GetElapsedTime(start) <= TimeSpan.FromSeconds(20)
            ? Results.Text($"the first lists are not complete: {waiting} of {state.All.Count} kinds have had no answer yet", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok")).AllowAnonymous();
    }
}
