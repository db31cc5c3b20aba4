using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.HttpOverrides;

namespace FlinkDashboard.Access;

/// <summary>Registers sign-in, rights and audit.</summary>
public static class AccessRegistration
{
    /// <summary>Adds what this folder offers.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.AddCascadingAuthenticationState();
        services.AddSingleton<AccessMeter>();
        services.AddSingleton<AccessReviews>();
        services.AddSingleton<SourceRights>();
        services.AddSingleton(s => new AuditTrail(Console.Out, s.GetRequiredService<KubernetesApi>(), s.GetRequiredService<ILogger<AuditTrail>>(), s.GetRequiredService<AccessMeter>()));
        services.AddScoped(s => CurrentUser.Of(Principal(s), options, s.GetRequiredService<UserChoices>()));
        services.AddScoped<Visibility>();
        services.AddAuthentication(HeaderSignIn.Scheme_).AddScheme<AuthenticationSchemeOptions, HeaderSignIn>(HeaderSignIn.Scheme_, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(options.Mode == AccessMode.None ? null : new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Puts sign-in into the pipeline, before everything that shows something.</summary>
    public static WebApplication UseAccess(this WebApplication app, AccessOptions options)
    {
        if (options.Mode == AccessMode.None)
            app.UseMiddleware<LoopbackOnly>();
        else
            app.UseMiddleware<ProxyTrust>();
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    /// <summary>The scheme and host that the proxy saw are believed from the proxies of the settings, and from loopback.</summary>
    public static void ConfigureForwarding(this AccessOptions options, ForwardedHeadersOptions forwarding)
    {
        forwarding.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in options.TrustedProxies)
            forwarding.KnownIPNetworks.Add(ProxyTrust.Network(proxy));
    }

    // The framework sets the state of a circuit from its HTTP request, completed.
    private static System.Security.Claims.ClaimsPrincipal? Principal(IServiceProvider services) =>
        services.GetService<AuthenticationStateProvider>()?.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } state ? state.GetAwaiter().GetResult().User : null;
}
