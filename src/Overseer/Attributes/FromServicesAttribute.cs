namespace Overseer;

/// <summary>The stage parameter comes from the attempt's service scope.</summary>
/// <remarks><c>Microsoft.AspNetCore.Mvc.FromServicesAttribute</c> and <c>FromKeyedServicesAttribute</c> are understood as well.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
