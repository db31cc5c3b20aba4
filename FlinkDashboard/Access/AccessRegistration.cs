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
        app.Use((context, next) =>
        {
            if (options.Mode == AccessMode.None)
                context.User = LookAs.Of(context.Request.Cookies[LookAs.Cookie]);
            // Endpoints ask for the CurrentUser as components do.
            if (context.RequestServices.GetService<AuthenticationStateProvider>() is IHostEnvironmentAuthenticationStateProvider known)
                known.SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
            return next(context);
        });
        app.UseAuthorization();
        app.UseMiddleware<CircuitGate>();
        return app;
    }

    /// <summary>The scheme and host that the proxy saw are believed from the proxies of the settings, and from loopback.</summary>
    public static void ConfigureForwarding(this AccessOptions options, ForwardedHeadersOptions forwarding)
    {
        forwarding.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in options.TrustedProxies)
            forwarding.KnownIPNetworks.Add(ProxyTrust.Network(proxy));
    }

    // Set from the HTTP request, completed: by the framework for a circuit, above for an endpoint.
    private static System.Security.Claims.ClaimsPrincipal? Principal(IServiceProvider services) =>
        services.GetService<AuthenticationStateProvider>()?.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } state ? state.GetAwaiter().GetResult().User : null;
}
