using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>The API server of a world: understands a request, asks whether it is allowed, and hands it to the part that answers it.</summary>
public sealed class ApiServer
{
    private readonly Faults _faults;
    private readonly ServedTypes _served;
    private readonly ResourceRoutes _resources;
    private readonly SystemRoutes _system;
    private readonly Gate _gate;

    /// <summary>Creates the server.</summary>
    /// <param name="world">What it shows and changes.</param>
    /// <param name="real">Real time, for time-outs of watches and waits.</param>
    /// <param name="faults">Troubles to make.</param>
    public ApiServer(SandboxWorld world, TimeProvider real, Faults faults)
    {
        _faults = faults;
        _served = new ServedTypes(world);
        _resources = new ResourceRoutes(world, real, faults, _served);
        _system = new SystemRoutes(_served);
        _gate = new Gate(world);
    }

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (_faults.Unreachable)
        {
            http.Abort();
            return;
        }
        http.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            await RouteAsync(http).ConfigureAwait(false);
        }
        catch (ApiError e) when (!http.Response.HasStarted)
        {
            await StatusAnswer.WriteAsync(http, e).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left.
        }
        catch (Exception e) when (!http.Response.HasStarted && e is not ApiError)
        {
            await StatusAnswer.WriteAsync(http, new ApiError(500, "InternalError", $"Internal error occurred: {e.Message}",
                new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = e.Message }) })).ConfigureAwait(false);
        }
    }

    private async Task RouteAsync(HttpContext http)
    {
        if (_faults.TakeRefusal())
        {
            http.Response.Headers.RetryAfter = "1";
            await StatusAnswer.WriteTextAsync(http, 429, "Too many requests, please try again later.\n").ConfigureAwait(false);
            return;
        }
        if (RequestPath.Read(http, _served) is { } request)
        {
            _gate.Pass(request);
            await _resources.AnswerAsync(request).ConfigureAwait(false);
        }
        else if (Review.At(http.Request.Path.Value ?? "") is { } asked)
            await _gate.AnswerAsync(http, asked.Review, asked.Namespace).ConfigureAwait(false);
        else
        {
            _gate.PassPath(http);
            if (!await _system.TryAnswerAsync(http).ConfigureAwait(false))
                await StatusAnswer.WriteTextAsync(http, 404, "404 page not found\n").ConfigureAwait(false);
        }
    }
}
