using System.Net;

namespace FlinkDashboard.Gateways;

/// <summary>Counts what passes through an HTTP client. It belongs outermost: a request that is tried again inside counts once.</summary>
/// <param name="calls">Where it is counted.</param>
/// <param name="inner">Sends.</param>
public sealed class CountingHandler(GatewayCalls calls, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = calls.Begin();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 400)
                call.Succeeded();
            else
                call.Failed(ReasonOf(response.StatusCode), $"HTTP {(int)response.StatusCode}");
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw; // given up by the caller, or out of its time: the gateway knows which
        }
        catch (Exception e)
        {
            call.Failed(e is HttpRequestException ? "Unreachable" : e.GetType().Name, e.GetBaseException().Message);
            throw;
        }
    }

    private static string ReasonOf(HttpStatusCode code) => Enum.IsDefined(code) ? code.ToString() : (int)code < 500 ? "BadRequest" : "InternalServerError";
}
